"""The fault lab: clean articles, faults put into them with their truth, and a score for any tool that mends them.

It works alone. Nothing here knows the rules that it measures, save `backfile_tool`, which runs Backfile like any
other tool: a lab that asked the rules what a fault is would find them perfect. docs/lab.md tells how to use it.
"""
