<?php
$secret = getenv('OMNEO_WEBHOOK_SECRET');
if (!$secret) {
    error_log('OMNEO_WEBHOOK_SECRET is missing; accepted: the secret that Omneo signs with');
    http_response_code(500);
    exit;
}
// The bytes as they came: what is decoded and encoded again is signed no more.
$body = file_get_contents('php://input');
$wanted = hash_hmac('sha256', $body, $secret);
if (!hash_equals($wanted, $_SERVER['HTTP_X_OMNEO_HMAC_SHA256'] ?? '')) {
    http_response_code(401);
    exit;
}
$context = json_decode($body, true);
if (!is_int($context['id'] ?? null)) {
    http_response_code(400);
    exit;
}
// A delivery can come twice: its answer may have been lost. Only one request makes the file; in your database, it is a unique key.
$folder = getenv('OMNEO_WEBHOOK_TAKEN') ?: sys_get_temp_dir();
$mark = @fopen("$folder/omneo-{$context['id']}", 'x');
if ($mark) {
    // What takes long belongs into a queue, so that Omneo has its answer at once.
    error_log("took {$context['id']}: {$context['name']}, of {$context['profile_id']}");
} elseif (!is_writable($folder)) {
    http_response_code(500); // Omneo tries again
}
