import BackupDomain
import Foundation
import Testing

/// Foundation's coders are the yardstick: what they write and read is in every catalog that there is.
@Suite("JSON text")
struct JSONTextTests {
    /// A text and the value that it has.
    struct Good: CustomTestStringConvertible {
        var text: String
        var value: JSONValue
        var testDescription: String { self.text }

        static let all: [Self] = [
            Self(text: "null", value: .null), Self(text: " true\n", value: .boolean(true)),
            Self(text: "\u{feff}false", value: .boolean(false)), Self(text: "0", value: .integer(0)),
            Self(text: "-0", value: .integer(0)), Self(text: "-12", value: .integer(-12)),
            Self(text: "9223372036854775807", value: .integer(.max)),
            Self(text: "-9223372036854775808", value: .integer(.min)),
            Self(text: "9223372036854775808", value: .number(9_223_372_036_854_775_808)),
            Self(text: "1.5", value: .number(1.5)), Self(text: "1.0", value: .integer(1)),
            Self(text: "1e3", value: .integer(1000)), Self(text: "-2.5E-3", value: .number(-0.0025)),
            Self(text: "5e-324", value: .number(.leastNonzeroMagnitude)), Self(text: #""""#, value: .string("")),
            Self(text: #""a\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00""#, value: .string("a\"\\/\u{8}\u{c}\n\r\tAé😀")),
            Self(text: #""Zürich 😀""#, value: .string("Zürich 😀")), Self(text: "[]", value: .array([])),
            Self(text: "[ 1 , [ ] ]", value: .array([.integer(1), .array([])])),
            Self(text: "{}", value: .object([:])),
            Self(
                text: #"{ "b" : { "c" : [ null ] } , "a" : "" }"#,
                value: .object(["b": .object(["c": .array([.null])]), "a": .string("")])
            ),
            Self(text: #"{"a":1,"a":2}"#, value: .object(["a": .integer(1)])),
            Self(
                text: String(repeating: "[", count: 512) + String(repeating: "]", count: 512),
                value: Self.nested(512)
            ),
        ]

        private static func nested(_ depth: Int) -> JSONValue {
            (1..<depth).reduce(.array([])) { value, _ in .array([value]) }
        }
    }

    @Test(arguments: Good.all)
    func `is read as Foundation reads it`(_ good: Good) throws {
        let content = Data(good.text.utf8)
        #expect(try JSONText.value(content) == good.value)
        #expect(try JSONDecoder.stable().decode(JSONValue.self, from: content) == good.value)
    }

    @Test(arguments: [
        "", " ", "nul", "nulll", "tru", "True", "01", "-", "+1", ".5", "1.", "1e", "1e+", "0x1", "NaN", "1e400", "[",
        "[1", "[1,", "[,1]",
        "[1 2]", "]", "{", #"{"a""#, #"{"a":"#, #"{"a":1"#, "{a:1}", #"{"a" 1}"#, "{1:1}", #"{"a":1}}"#,
        "1 1",
        #"""#, #""a"#, #""\"#, #""\x""#, #""\u12""#, #""\u12g4""#, #""\u+123""#, #""\ud800""#, #""\ud800\n""#,
        #""\ud800\u0041""#,
        #""\udc00""#, "\"a\nb\"", "\"\u{1}\"", "'a'", "/* */1",
        String(repeating: "[", count: 513) + String(repeating: "]", count: 513), String(repeating: "[", count: 200_000),
    ])
    func `that is none is refused, as Foundation refuses it`(_ text: String) {
        #expect(throws: DecodingError.self) { try JSONText.value(Data(text.utf8)) }
        #expect(throws: (any Error).self) { try JSONDecoder.stable().decode(JSONValue.self, from: Data(text.utf8)) }
    }

    @Test(arguments: ["[1,]", #"{"a":1,}"#])
    func `that ends in a comma is refused, which Foundation lets pass`(_ text: String) {
        #expect(throws: DecodingError.self) { try JSONText.value(Data(text.utf8)) }
    }

    @Test func `that is no UTF-8 is refused`() {
        for bytes in [[34, 0xff, 34], [34, 0xc3, 34], [34, 0xed, 0xa0, 0x80, 34]] as [[UInt8]] {
            #expect(throws: DecodingError.self) { try JSONText.value(Data(bytes)) }
        }
    }

    /// What documents are made of: every kind of member, present and missing.
    struct Sample: Codable, Equatable {
        enum Kind: String, Codable { case one, two }
        struct Part: Codable, Equatable {
            var at: Date
            var name: String?
        }

        var kind = Kind.one
        var whole = -5
        var small: UInt8 = 200
        var large = UInt64(1 << 53)
        var fraction = 0.1
        var rounded = 4.0
        var narrow: Float = 0.1
        var isRight = true
        var text = "a/b \"c\" \\ \u{1}\u{8}\t\n\u{c}\r\u{7f}é😀"
        var missing: String?
        var present: Int? = 7
        var maybe: Part? = Part(at: Date(timeIntervalSince1970: 1_795_000_000.25))
        var parts = [Part(at: Date(timeIntervalSince1970: 0), name: "first")]
        var empty: [Int] = []
        var table = ["b": [1, 2], "a": []]
        var gaps: [String?] = ["x", nil]
        var document = JSONValue.object(["n": .null, "o": .object([:]), "a": .array([.number(2.5), .array([])])])
    }

    @Test(arguments: [false, true])
    func `is written as Foundation writes it, and read again`(_ isPretty: Bool) throws {
        let sample = Sample()
        let content = try JSONText.encode(sample, pretty: isPretty)
        #expect(
            String(decoding: content, as: UTF8.self)
                == String(decoding: try JSONEncoder.stable(pretty: isPretty).encode(sample), as: UTF8.self)
        )
        #expect(try JSONText.decode(Sample.self, from: content) == sample)
        #expect(try JSONDecoder.stable().decode(Sample.self, from: content) == sample)
    }

    /// Encodes itself by hand, with containers in containers.
    struct Nested: Codable, Equatable {
        private enum Key: String, CodingKey { case inner, list, above }

        var a = 1
        var b = "x"

        init() {}

        init(from decoder: any Decoder) throws {
            let outer = try decoder.container(keyedBy: Key.self)
            self.a = try outer.nestedContainer(keyedBy: Key.self, forKey: .inner).decode(Int.self, forKey: .above)
            var list = try outer.nestedUnkeyedContainer(forKey: .list)
            _ = try list.decodeNil()
            var deeper = try list.nestedUnkeyedContainer()
            self.b = try deeper.decode(String.self)
            _ = try outer.superDecoder(forKey: .above).container(keyedBy: Key.self)
        }

        func encode(to encoder: any Encoder) throws {
            var outer = encoder.container(keyedBy: Key.self)
            var inner = outer.nestedContainer(keyedBy: Key.self, forKey: .inner)
            var list = outer.nestedUnkeyedContainer(forKey: .list)
            try list.encodeNil()
            var deeper = list.nestedUnkeyedContainer()
            try deeper.encode(self.b)
            try inner.encode(self.a, forKey: .above)
            _ = outer.superEncoder(forKey: .above).container(keyedBy: Key.self)
        }
    }

    @Test func `of containers in containers is Foundation's`() throws {
        let content = try JSONText.encode(Nested())
        #expect(content == (try JSONEncoder.stable().encode(Nested())))
        #expect(try JSONText.decode(Nested.self, from: content) == Nested())
    }

    /// A text that is no sample, and what is said of it.
    struct Bad: CustomTestStringConvertible {
        var text: String
        var place: String
        var testDescription: String { self.text }

        static let all: [Self] = [
            Self(text: "[]", place: "wrong type at "), Self(text: #"{"parts":1}"#, place: "wrong type at parts"),
            Self(text: #"{"parts":[{"at":"x"}]}"#, place: "'x' is no instant at parts.Index 0.at"),
            Self(text: #"{"parts":[{}]}"#, place: "at is missing at parts.Index 0"),
            Self(text: #"{"parts":[null]}"#, place: "wrong type at parts.Index 0"),
            Self(text: #"{"parts":[],"small":256}"#, place: "The number does not fit in UInt8 at small"),
        ]
    }

    /// The members that come first, so that each mistake is the first one.
    private struct Short: Decodable {
        var parts: [Sample.Part]
        var small: UInt8
    }

    @Test(arguments: Bad.all)
    func `of another shape is refused with the place`(_ bad: Bad) throws {
        let error = try #require(throws: DecodingError.self) {
            try JSONText.decode(Short.self, from: Data(bad.text.utf8))
        }
        #expect(Self.told(error) == bad.place)
    }

    private static func told(_ error: DecodingError) -> String {
        func path(_ context: DecodingError.Context) -> String {
            context.codingPath.map(\.stringValue).joined(separator: ".")
        }
        return switch error {
        case .keyNotFound(let key, let context): "\(key.stringValue) is missing at \(path(context))"
        case .typeMismatch(_, let context), .valueNotFound(_, let context): "wrong type at \(path(context))"
        case .dataCorrupted(let context): "\(context.debugDescription) at \(path(context))"
        @unknown default: "\(error)"
        }
    }

    @Test(arguments: [Double.nan, .infinity])
    func `has no place for a number that is none`(_ number: Double) {
        #expect(throws: EncodingError.self) { try JSONText.encode([number]) }
        #expect(throws: EncodingError.self) { try JSONText.encode(["a": UInt64.max]) }
    }
}
