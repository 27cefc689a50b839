"""What `copyassist ui` gives to Streamlit. Alone in its folder, which Streamlit puts on sys.path."""

from copyassist.ui.app import run

if __name__ == "__main__":
    run()
