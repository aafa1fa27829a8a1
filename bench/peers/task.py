"""What a process of a peer is given, and how it reports: JSON in, JSON out."""
import json
import sys


def report(result):
    json.dump(result, sys.stdout)


def given():
    """The task: the argument itself, or the file it names."""
    argument = sys.argv[1]
    if argument.startswith("{"):
        return json.loads(argument)
    with open(argument, encoding="utf8") as file:
        return json.load(file)


def need(*modules):
    """Ends the process with a report when a module is missing."""
    for module in modules:
        try:
            __import__(module)
        except ImportError as error:
            report({"absent": str(error)})
            sys.exit(0)
