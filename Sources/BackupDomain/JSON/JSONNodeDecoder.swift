import FoundationEssentials

/// Gives the values of a document to types that decode themselves.
final class JSONNodeDecoder: Decoder {
    fileprivate let value: JSONNode
    fileprivate let place: JSONPlace
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    var codingPath: [any CodingKey] { self.place.path }

    /// Creates a decoder.
    ///
    /// - Parameters:
    ///   - value: What is decoded.
    ///   - place: Where it stands.
    init(_ value: JSONNode, at place: JSONPlace) {
        self.value = value
        self.place = place
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(try JSONMembers<Key>(self.value, at: self.place))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try JSONElements(self.value, at: self.place) }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }
}

extension JSONNodeDecoder: SingleValueDecodingContainer {
    func decodeNil() -> Bool { self.value.isNull }
    func decode(_ type: Bool.Type) throws -> Bool { try self.value.decoded(type, at: self.place) }
    func decode(_ type: String.Type) throws -> String { try self.value.decoded(type, at: self.place) }
    func decode(_ type: Double.Type) throws -> Double { try self.value.decoded(type, at: self.place) }
    func decode(_ type: Float.Type) throws -> Float { Float(try self.value.decoded(Double.self, at: self.place)) }
    func decode(_ type: Int.Type) throws -> Int { try self.value.whole(type, at: self.place) }
    func decode(_ type: Int8.Type) throws -> Int8 { try self.value.whole(type, at: self.place) }
    func decode(_ type: Int16.Type) throws -> Int16 { try self.value.whole(type, at: self.place) }
    func decode(_ type: Int32.Type) throws -> Int32 { try self.value.whole(type, at: self.place) }
    func decode(_ type: Int64.Type) throws -> Int64 { try self.value.whole(type, at: self.place) }
    func decode(_ type: UInt.Type) throws -> UInt { try self.value.whole(type, at: self.place) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try self.value.whole(type, at: self.place) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try self.value.whole(type, at: self.place) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try self.value.whole(type, at: self.place) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try self.value.whole(type, at: self.place) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try self.value.decoded(type, at: self.place) }
}

extension JSONNode {
    func decoded(_ type: Bool.Type, at place: @autoclosure () -> JSONPlace) throws -> Bool {
        guard case .boolean(let value) = self else { throw self.mismatch(type, at: place()) }
        return value
    }

    func decoded(_ type: String.Type, at place: @autoclosure () -> JSONPlace) throws -> String {
        guard case .string(let text) = self else { throw self.mismatch(type, at: place()) }
        return text
    }

    func decoded(_ type: Double.Type, at place: @autoclosure () -> JSONPlace) throws -> Double {
        switch self {
        case .number(let number): return number
        case .integer(let number): return Double(number)
        default: throw self.mismatch(type, at: place())
        }
    }

    func whole<Number: FixedWidthInteger>(
        _ type: Number.Type,
        at place: @autoclosure () -> JSONPlace
    ) throws -> Number {
        let number: Number?
        switch self {
        case .integer(let value): number = Number(exactly: value)
        case .number(let value): number = Number(exactly: value)
        default: throw self.mismatch(type, at: place())
        }
        guard let number else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: place().path,
                    debugDescription: "The number does not fit in \(Number.self)"
                )
            )
        }
        return number
    }

    func decoded<Value: Decodable>(_ type: Value.Type, at place: @autoclosure () -> JSONPlace) throws -> Value {
        if type == Date.self { return try self.cast(self.date(at: place()), at: place()) }
        if type == JSONValue.self { return try self.cast(JSONValue(self), at: place()) }
        return try Value(from: JSONNodeDecoder(self, at: place()))
    }

    private func date(at place: @autoclosure () -> JSONPlace) throws -> Date {
        let text = try self.decoded(String.self, at: place())
        guard let date = Date(iso8601: text) else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: place().path, debugDescription: "'\(text)' is no instant")
            )
        }
        return date
    }

    private func cast<Value>(_ value: Any, at place: @autoclosure () -> JSONPlace) throws -> Value {
        guard let value = value as? Value else { throw self.mismatch(Value.self, at: place()) }
        return value
    }

    /// Says that something else stands in a place than is wanted.
    func mismatch(_ type: any Any.Type, at place: JSONPlace) -> DecodingError {
        let context = DecodingError.Context(codingPath: place.path, debugDescription: "It is something else")
        return self.isNull ? .valueNotFound(type, context) : .typeMismatch(type, context)
    }
}
