"""The web: the gate, forms, errors, headers, languages and what every template may use."""
