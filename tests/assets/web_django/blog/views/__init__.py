from .posts import Posts, show_post
from .staff import *
