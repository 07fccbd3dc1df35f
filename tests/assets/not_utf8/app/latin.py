NAME = 'é'
