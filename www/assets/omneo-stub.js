// The usual queue stub, in a file of its own because this site's content security policy allows nothing inline.
if (typeof omneo !== "function") window.omneo = function () { (omneo.q = omneo.q || []).push(arguments); };
