"""What people do in the jury room. Every verb says who and when."""

from sir.jury.services.admission import judge_after_all, refusal_to_judge
from sir.jury.services.advice import submit_advice, take_back_advice, write_advice
from sir.jury.services.assignments import accept_assignment, propose_assignment
from sir.jury.services.calibration import (
    close_calibration,
    save_calibration,
    write_example,
)
from sir.jury.services.candidates import answer_on, ask_for_check, note_candidate
from sir.jury.services.consensus import agree_item, begin_item, lock_quality, open_consensus
from sir.jury.services.inquiries import answer_inquiry, ask_inquiry
from sir.jury.services.lots import record_lot
from sir.jury.services.matches import clear_seats, decide_match, look_for_matches, recognise
from sir.jury.services.outcome import LotNeeded, make_ranking, make_report, sign_report
from sir.jury.services.pitchday import (
    ask_extra,
    close_pitch,
    confirm_minutes,
    finish_pitches,
    note_presence,
    start_pitch,
    stop_pitch,
    write_minutes,
)
from sir.jury.services.pitches import (
    add_slots,
    answer_as_finalist,
    answer_as_juror,
    ask_for_slots,
    cancel_pitch,
    draw_schedule,
    invite_finalists,
    move_pitch,
    publish_schedule,
    remove_slot,
)
from sir.jury.services.pitchscores import save_pitch_scores, submit_pitch_scores
from sir.jury.services.prices import complete_price_opening, declare_price_ties, start_price_opening
from sir.jury.services.registers import add_interest, sign_register, strike_interest
from sir.jury.services.reminders import remind_jurors
from sir.jury.services.rounds import (
    decide_tie,
    declare_ties,
    open_round,
    reassess,
    report_tie,
    start_individual,
)
from sir.jury.services.seats import accept_seat, invite_juror
from sir.jury.services.second import file_second
from sir.jury.services.sheets import save_sheet, submit_sheets, take_back_sheets
from sir.jury.services.suspensions import Suspended, resume_round, suspend_round
from sir.jury.services.vacancies import (
    accept_offer,
    call_reserve,
    decline_offer,
    decline_seat,
    vacate_seat,
)

__all__ = [
    "LotNeeded",
    "Suspended",
    "accept_assignment",
    "accept_offer",
    "accept_seat",
    "add_interest",
    "add_slots",
    "agree_item",
    "answer_as_finalist",
    "answer_as_juror",
    "answer_inquiry",
    "answer_on",
    "ask_extra",
    "ask_for_check",
    "ask_for_slots",
    "ask_inquiry",
    "begin_item",
    "call_reserve",
    "cancel_pitch",
    "clear_seats",
    "close_calibration",
    "close_pitch",
    "complete_price_opening",
    "confirm_minutes",
    "decide_match",
    "decide_tie",
    "declare_price_ties",
    "declare_ties",
    "decline_offer",
    "decline_seat",
    "draw_schedule",
    "file_second",
    "finish_pitches",
    "invite_finalists",
    "invite_juror",
    "judge_after_all",
    "lock_quality",
    "look_for_matches",
    "make_ranking",
    "make_report",
    "move_pitch",
    "note_candidate",
    "note_presence",
    "open_consensus",
    "open_round",
    "propose_assignment",
    "publish_schedule",
    "reassess",
    "recognise",
    "record_lot",
    "refusal_to_judge",
    "remind_jurors",
    "remove_slot",
    "report_tie",
    "resume_round",
    "save_calibration",
    "save_pitch_scores",
    "save_sheet",
    "sign_register",
    "sign_report",
    "start_individual",
    "start_pitch",
    "start_price_opening",
    "stop_pitch",
    "strike_interest",
    "submit_advice",
    "submit_pitch_scores",
    "submit_sheets",
    "suspend_round",
    "take_back_advice",
    "take_back_sheets",
    "vacate_seat",
    "write_advice",
    "write_example",
    "write_minutes",
]
