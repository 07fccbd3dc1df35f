# -*- coding: latin-1 -*-
import app.other  # é
