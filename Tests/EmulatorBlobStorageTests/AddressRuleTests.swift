import EmulatorBlobStorage
import Testing

struct AddressRuleTests {
    @Test(arguments: [
        ("203.0.113.7", "203.0.113.7", true), ("203.0.113.7", "203.0.113.8", false),
        ("203.0.113.0/24", "203.0.113.255", true), ("203.0.113.0/24", "203.0.114.0", false),
        ("203.0.113.128/25", "203.0.113.127", false), ("0.0.0.0/0", "8.8.8.8", true),
        ("255.255.255.255/32", "255.255.255.255", true), ("127.0.0.1", "::1", false),
    ])
    func `a rule holds for its range and nothing else`(_ rule: String, _ address: String, _ isInside: Bool) throws {
        #expect(try #require(AddressRule(rule)).contains(address) == isInside)
    }

    @Test(arguments: [
        "", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.4/33", "1.2.3.4/-1", "1.2.3.4/", "1.2.3.4/8/8", "::1",
    ])
    func `what is no address is no rule`(_ text: String) { #expect(AddressRule(text) == nil) }
}
