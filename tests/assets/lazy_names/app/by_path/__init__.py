NAMES = {'Report': 'app.by_path.reports.Report', 'Same': 'app.by_path.reports:Report'}


def __getattr__(name):
    return resolve(NAMES[name])
