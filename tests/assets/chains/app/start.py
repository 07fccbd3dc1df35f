import app.way1
import app.way2
import app.way3
import app.way4
import app.way5
import app.way6
