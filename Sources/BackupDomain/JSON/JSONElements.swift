/// The elements of an array, for a type that decodes itself.
struct JSONElements: UnkeyedDecodingContainer {
    private let elements: [JSONNode]
    private let place: JSONPlace
    private(set) var currentIndex = 0

    /// Opens an array.
    ///
    /// - Parameters:
    ///   - value: The array.
    ///   - place: Where it stands.
    /// - Throws: `DecodingError` where it is none.
    init(_ value: JSONNode, at place: JSONPlace) throws {
        guard case .array(let elements) = value else { throw value.mismatch([JSONNode].self, at: place) }
        self.elements = elements
        self.place = place
    }

    var codingPath: [any CodingKey] { self.place.path }
    var count: Int? { self.elements.count }
    var isAtEnd: Bool { self.currentIndex == self.elements.count }

    private var at: JSONPlace { .element(self.currentIndex, of: self.place) }

    /// Takes the next element where it decodes.
    private mutating func next<Value>(
        _ type: Value.Type,
        _ decode: (JSONNode, JSONPlace) throws -> Value
    ) throws -> Value {
        guard !self.isAtEnd else {
            throw DecodingError.valueNotFound(
                type,
                DecodingError.Context(codingPath: self.at.path, debugDescription: "The array ends here")
            )
        }
        let value = try decode(self.elements[self.currentIndex], self.at)
        self.currentIndex += 1
        return value
    }

    mutating func decodeNil() throws -> Bool {
        guard !self.isAtEnd, self.elements[self.currentIndex].isNull else { return false }
        self.currentIndex += 1
        return true
    }
    mutating func decode(_ type: Bool.Type) throws -> Bool { try self.next(type) { try $0.decoded(type, at: $1) } }
    mutating func decode(_ type: String.Type) throws -> String { try self.next(type) { try $0.decoded(type, at: $1) } }
    mutating func decode(_ type: Double.Type) throws -> Double { try self.next(type) { try $0.decoded(type, at: $1) } }
    mutating func decode(_ type: Float.Type) throws -> Float { Float(try self.decode(Double.self)) }
    mutating func decode(_ type: Int.Type) throws -> Int { try self.next(type) { try $0.whole(type, at: $1) } }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try self.next(type) { try $0.whole(type, at: $1) } }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try self.next(type) { try $0.whole(type, at: $1) } }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try self.next(type) { try $0.whole(type, at: $1) } }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try self.next(type) { try $0.whole(type, at: $1) } }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try self.next(type) { try $0.whole(type, at: $1) } }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try self.next(type) { try $0.whole(type, at: $1) } }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try self.next(type) { try $0.whole(type, at: $1) } }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try self.next(type) { try $0.whole(type, at: $1) } }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try self.next(type) { try $0.whole(type, at: $1) } }
    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try self.next(type) { try $0.decoded(type, at: $1) }
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try self.next(KeyedDecodingContainer<Nested>.self) {
            KeyedDecodingContainer(try JSONMembers<Nested>($0, at: $1))
        }
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try self.next(JSONElements.self) { try JSONElements($0, at: $1) }
    }

    mutating func superDecoder() throws -> any Decoder {
        try self.next(JSONNodeDecoder.self) { JSONNodeDecoder($0, at: $1) }
    }
}
