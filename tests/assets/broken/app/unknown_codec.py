# coding: nosuch
import app.other
