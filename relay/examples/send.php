<?php
// A back-office system hands records in, of customers of whom it knows an e-mail address, an identifier, or the profile.
//
//   RELAY=https://shop.example RELAY_KEY=… php send.php ada@example.com
//
// A record has an id of its own. As long as no answer comes, the same record is sent again with the same id: the relay keeps it once.

declare(strict_types=1);

/** Hands in a batch; returns what became of each record, in order: `event_id`, `status` and perhaps `errors`. */
function send(array $records, string $path = '/relay/v1/interactions'): array
{
    $relay = getenv('RELAY') ?: 'http://127.0.0.1:8790';
    $key = getenv('RELAY_KEY') ?: 'demo-server-key';
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => ["Authorization: Bearer $key", 'Content-Type: application/json'],
        'content' => json_encode($records, JSON_THROW_ON_ERROR),
        'ignore_errors' => true,
        'timeout' => 20,
    ]]);
    for ($attempt = 0; ; $attempt++) {
        $http_response_header = [];
        $body = @file_get_contents($relay . $path, false, $context);
        $status = preg_match('{^HTTP/\S+ (\d+)}', $http_response_header[0] ?? '', $found) ? (int) $found[1] : 0;
        if ($status === 200) {
            return json_decode($body, true, 64, JSON_THROW_ON_ERROR);
        }
        $isLater = $status === 0 || $status === 429 || $status >= 500;
        if (!$isLater || $attempt === 10) {
            throw new RuntimeException($status === 0 ? 'The relay does not answer.' : "$status: $body");
        }
        $after = array_values(preg_grep('/^Retry-After:/i', $http_response_header));
        $seconds = $after ? (int) trim(substr($after[0], 12)) : 2 ** $attempt * mt_rand() / mt_getrandmax();
        usleep((int) ($seconds * 1_000_000));
    }
}

/** A version 4 UUID (RFC 9562). */
function event_id(): string
{
    $bytes = random_bytes(16);
    $bytes[6] = chr(ord($bytes[6]) & 0x0f | 0x40);
    $bytes[8] = chr(ord($bytes[8]) & 0x3f | 0x80);
    return vsprintf('%s%s-%s-%s-%s-%s%s%s', str_split(bin2hex($bytes), 4));
}

function asked(array $who): array
{
    return $who + [
        'action' => 'service',
        'channel' => 'support',
        'signal' => 1,
        'name' => 'Asked about a parcel',
        'namespace' => 'support',
        'meta' => ['event_id' => event_id()],
    ];
}

$email = $argv[1] ?? 'ada@example.com';
$results = send([asked(['email' => $email]), asked(['identifier' => ['id' => '1001', 'handle' => 'shopify']])]);
foreach ($results as $result) {
    echo $result['event_id'], ' ', $result['status'], ' ', json_encode($result['errors'] ?? null), "\n";
}
exit(max(array_column($results, 'status')) < 300 ? 0 : 1);
