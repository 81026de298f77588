"""Where tickets go: one module for each helpdesk, behind the Protocol of `helpdesk`."""
