from sys import path

path.insert(0, 'tools/lib')
import helpers
