"""What `copyassist ui` gives to Streamlit. Alone in its folder, which Streamlit puts on sys.path."""

import streamlit as st

from copyassist.ui.addresses import ADDRESSES
from copyassist.ui.app import run
from copyassist.ui.gate import GATE

if __name__ == "__main__":
    run()
else:  # the server imports this file for its door, and runs it for each look at a page
    app = st.App(__file__, middleware=(*GATE, *ADDRESSES))
