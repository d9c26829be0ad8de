"""People and what they do: commands, buttons, select menus, modals, messages."""
