import Testing

@testable import AzureClient

struct IPAddressTests {
    @Test(arguments: [
        "1.2.3", "1.2.3.256", "1.2.3.4.5", "01234.1.1.1", "a.b.c.d", "1..2.3", "", ":", "1::2::3", "12345::", "::g",
        "+1::", "::1.2.3",
    ])
    func refuses(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    struct Case: CustomTestStringConvertible {
        var testDescription: String { self.text }
        var text: String
        var bytes: [UInt8]
    }

    static let cases = [
        Case(text: "10.1.2.3", bytes: [10, 1, 2, 3]),
        Case(text: "::", bytes: [UInt8](repeating: 0, count: 16)),
        Case(text: "fe80::1", bytes: [0xfe, 0x80] + [UInt8](repeating: 0, count: 13) + [1]),
        Case(text: "1:2:3:4:5:6:7:8", bytes: [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]),
        Case(text: "::ffff:10.1.2.3", bytes: [10, 1, 2, 3]),
    ]

    @Test(arguments: cases)
    func reads(_ test: Case) {
        #expect(IPAddress(test.text)?.bytes == test.bytes)
    }

    @Test func `networks are compared by their first bits`() throws {
        let network = try #require(IPAddress("10.16.0.0"))
        let inside = try #require(IPAddress("10.31.255.255"))
        let outside = try #require(IPAddress("10.32.0.0"))
        #expect(inside.isIn(network, prefix: 12))
        #expect(!outside.isIn(network, prefix: 12))
        #expect(outside.isIn(network, prefix: 0))
        #expect(!inside.isIn(network, prefix: 33))
    }
}
