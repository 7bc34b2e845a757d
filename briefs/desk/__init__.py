"""The desk: a web application on this machine in which editors read briefs, check claims and sign them off.

Pages are made on the server and work without a script. What a person decides is recorded as an event in the
store and nowhere else; what a page shows is the article's briefs with these events put in. Nothing here reads
an article anew, asks a model or makes a request to anybody.

    app         puts the parts together
    security    who may ask, from where, with how much; headers of every answer
    catalogue   the claims of the folder, for lists and filters; kept beside the outputs, made anew if lost
    desk        what every route works with: folder, store, catalogue, projector
    opened      one article with what was decided on it
    views       what templates are given
    forms       what pages send
    answers     what programs are answered
    projector   brings files up to date after an event
    routes      one module a page
"""
