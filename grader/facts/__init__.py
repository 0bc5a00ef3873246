"""What a reply states, held against what is true of this order, product and shop.

quantities, statements   text → typed values and statements with polarity
compare                  statements against facts, authority, actions and law → findings
rating                   findings and wording → the 0–4 accuracy of one reply
"""
