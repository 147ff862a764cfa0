<?php
// A site with the endpoint of the docs, and with a session that knows whoever `/login?id=` named.
if (parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) === '/login') {
    session_start();
    $_SESSION['profile_id'] = $_GET['id'];
    exit;
}
require __DIR__ . '/examples/token.php';
