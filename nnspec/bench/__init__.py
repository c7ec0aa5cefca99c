"""Measure the engines and their peers on one network, side by side.

`measure` starts a process for each (`process` is its near end, `worker` its far end), asks them in
turn, and gives a `Report`, which `text`, `json` and `figure` render. A peer is a file in `peers/`.
"""
