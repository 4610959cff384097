"""The desk's pages and the chart's questions, a file for each."""

from .answer import answer
from .ask import ask
from .call import call, call_done, client_call
from .chart import question, question_answer, question_keep
from .danger import danger
from .kept import decision, decision_file, decision_replay, decisions
from .law import law, rule

__all__ = [
    "answer", "ask", "call", "call_done", "client_call", "danger", "decision", "decision_file", "decision_replay", "decisions", "law", "question",
    "question_answer", "question_keep", "rule",
]  # fmt: skip
