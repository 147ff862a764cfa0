// OneTrust (https://developer.onetrust.com/onetrust/docs/javascript-api). Before the visitor chose, its active groups are the
// site's default. It may leave out `OneTrustGroupsUpdated` where its stub answers for it.

export default (changed, signal, { group = "C0002" }) => {
  for (const event of ["OneTrustGroupsUpdated", "consent.onetrust"]) addEventListener(event, changed, { signal });
  return () => {
    if (!OneTrust.IsAlertBoxClosed()) return "unknown";
    const groups = OnetrustActiveGroups.split(",").filter(Boolean);
    return groups.includes(group) ? groups : "denied";
  };
};
