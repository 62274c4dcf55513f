// What is typed as a day or a time goes to the server as it was typed, which reads it or says what is
// wrong. Left to itself the picker would make 03/03/2026 of 31/02/2026, and today or now of whatever
// it cannot read, as soon as one leaves the field; the wheel of the mouse would change the time.
Object.assign(jQuery.fn.datetimepicker.defaults, { validateOnBlur: false, scrollInput: false });
