/**
 * What the calls come to that were queued before there was a tracker. The visitor's last `answer` and a sign-out hold from the first
 * moment, and with `stop` there `isNothing` to begin but a denial or a sign-out to heed. `calls` are those that are left to make: none that
 * a sign-out, or a denial that was taken back, would have emptied.
 */
export function settle(queue) {
  let calls = [];
  let answer;
  let signsOut = false;
  const forget = () => (calls = calls.filter(([name]) => name === "on"));
  for (const call of queue) {
    const [name, given] = call;
    if (name === "signOut" || (name === "consent" && answer === "denied")) forget();
    if (name === "signOut") signsOut = true;
    else if (name === "consent") answer = given;
    else calls.push(call);
  }
  const stops = calls.filter(([name]) => name === "stop");
  if (stops.length) calls = stops;
  const isNothing = stops.length > 0 && !signsOut && answer !== "denied";
  // The answer is given once more, for the site's other pages.
  if (answer !== undefined) calls = [["consent", answer], ...calls];
  return { answer, signsOut, isNothing, calls };
}
