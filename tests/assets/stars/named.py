from pkg import First
from pkg import hidden
from pkg import Third
from pkg import _private
from pkg import Fourth
from pkg import Alias
