"""The pages: Streamlit, and nothing that decides anything."""
