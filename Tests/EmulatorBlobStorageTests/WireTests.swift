import EmulatorRuntime
import Foundation
import Testing

@testable import EmulatorBlobStorage

struct WireTests {
    @Test(arguments: [
        (0.0, "Thu, 01 Jan 1970 00:00:00 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (1_795_482_000, "Tue, 24 Nov 2026 01:00:00 GMT"), (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
        (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
    ])
    func `HTTP dates are written and read`(seconds: Double, text: String) {
        let date = Date(timeIntervalSince1970: seconds)
        #expect(HTTPDate.text(date) == text)
        #expect(HTTPDate.parse(text) == date)
    }

    @Test(arguments: [
        "", "now", "Tue, 24 Nov 2026 01:00:00 CET", "Tue, 24 Foo 2026 01:00:00 GMT", "Tue, 32 Nov 2026 01:00:00 GMT",
        "Tue, 24 Nov 2026 25:00:00 GMT", "Tue, 24 Nov 99999999999 01:00:00 GMT", "Tue 24 Nov 2026 01:00 GMT",
    ])
    func `what is no HTTP date is not read`(text: String) {
        #expect(HTTPDate.parse(text) == nil)
    }

    @Test
    func `every day of four centuries comes back`() {
        for day in stride(from: -100_000, to: 100_000, by: 37) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 3661)
            #expect(HTTPDate.parse(HTTPDate.text(date)) == date)
        }
    }

    @Test(arguments: [
        ("2026-11-24", true), ("2026-11-24T01:00Z", true), ("2026-11-24T01:00:00Z", true),
        ("2026-11-24T01:00:00.1234567Z", true), ("2026-11-24T01:00:00", false), ("2026-13-24", false), ("", false),
        ("99999999-01-01T00:00:00Z", false), ("T", false),
    ])
    func `dates of signatures are read`(text: String, isDate: Bool) {
        #expect((SignatureDate.parse(text) != nil) == isDate)
    }

    @Test
    func `a document is read`() throws {
        let text = """
            \u{FEFF}<?xml version='1.0'?><!-- x --><a xmlns="b" c='d'>1 &amp; &#x41;<b/><c><![CDATA[<&]]></c> </a>

            """
        let root = try XMLReader.read(Data(text.utf8))
        #expect(root.name == "a")
        #expect(root.text == "1 & A ")
        #expect(root.children.map(\.name) == ["b", "c"])
        #expect(root.value("c") == "<&")
    }

    @Test(arguments: [
        "", "a", "<a>", "<a></b>", "<a/><b/>", "<a>&x;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a b></a>", "<a b=c/>",
        "<!DOCTYPE a><a/>", "<a><![CDATA[</a>", "<a>&amp</a>", "<", "<a", "<a/", "<a b=\"", "<a b=\"<\"/>",
        String(repeating: "<a>", count: 10_000),
    ])
    func `a broken document is refused`(text: String) {
        #expect(throws: XMLMistake.malformed) { try XMLReader.read(Data(text.utf8)) }
    }
}
