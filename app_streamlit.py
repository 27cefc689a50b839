"""The pages for `streamlit run app_streamlit.py`; `copyassist ui` opens the same."""

from copyassist.ui.app import run

if __name__ == "__main__":
    run()
