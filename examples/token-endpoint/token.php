<?php
session_start(['read_and_close' => true]);
header('Cache-Control: no-store');
header('Content-Type: application/json');

$id = $_SESSION['profile_id'] ?? null; // the Omneo profile of whoever is signed in, from your own session
if ($id === null) {
    http_response_code(401);
    exit;
}
$request = stream_context_create(['http' => [
    'method' => 'POST',
    'header' => ['Authorization: Bearer ' . getenv('OMNEO_ADMIN_TOKEN'), 'Content-Type: application/json'],
    'content' => json_encode(['id' => $id]),
    'timeout' => 10,
]]);
// `false` where there was no answer, or an error; `@` keeps PHP from showing its warning to the visitor.
$answer = @file_get_contents(getenv('OMNEO_API') . '/id/api/v1/auth/token', false, $request);
$minted = json_decode((string) $answer, true)['data'] ?? null;
if (!isset($minted['token'], $minted['exp'])) {
    error_log('/omneo/token: no token from Omneo');
    http_response_code(502);
    exit;
}
echo json_encode(['token' => $minted['token'], 'exp' => $minted['exp']]);
