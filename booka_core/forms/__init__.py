"""Questions as JSON Schema: one judge of answers for chat, web, the API and settings. It owns no table and knows no
question itself; it must never decide what is asked.
"""

from booka_core.forms.answers import Fault, faults_in

__all__ = ["Fault", "faults_in"]
