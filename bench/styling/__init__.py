"""Parts of the benchmark of styles, bench/looks.py: frames, methods, figures and the contact sheet."""
