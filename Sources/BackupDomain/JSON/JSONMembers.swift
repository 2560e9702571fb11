/// The members of an object, for a type that decodes itself.
struct JSONMembers<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let members: [JSONNode.Member]
    private let place: JSONPlace

    /// Opens an object.
    ///
    /// - Parameters:
    ///   - value: The object.
    ///   - place: Where it stands.
    /// - Throws: `DecodingError` where it is none.
    init(_ value: JSONNode, at place: JSONPlace) throws {
        guard case .object(let members) = value else { throw value.mismatch([String: JSONValue].self, at: place) }
        self.members = members
        self.place = place
    }

    var codingPath: [any CodingKey] { self.place.path }
    var allKeys: [Key] { self.members.compactMap { Key(stringValue: $0.name) } }

    private func at(_ key: Key) -> JSONPlace { .member(key, of: self.place) }

    private func value(_ key: Key) throws -> JSONNode {
        guard let value = self.members[key.stringValue] else {
            throw DecodingError.keyNotFound(
                key,
                DecodingError.Context(codingPath: self.codingPath, debugDescription: "It has no \(key.stringValue)")
            )
        }
        return value
    }

    /// The value of a member; nil where there is none, and where it is null.
    private func present(_ key: Key) -> JSONNode? {
        guard let value = self.members[key.stringValue], !value.isNull else { return nil }
        return value
    }

    func contains(_ key: Key) -> Bool { self.members[key.stringValue] != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try self.value(key).isNull }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
        try self.value(key).decoded(type, at: self.at(key))
    }
    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        try self.value(key).decoded(type, at: self.at(key))
    }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
        try self.value(key).decoded(type, at: self.at(key))
    }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
        Float(try self.decode(Double.self, forKey: key))
    }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try self.value(key).whole(type, at: self.at(key)) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 {
        try self.value(key).whole(type, at: self.at(key))
    }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 {
        try self.value(key).whole(type, at: self.at(key))
    }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 {
        try self.value(key).whole(type, at: self.at(key))
    }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
        try self.value(key).whole(type, at: self.at(key))
    }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt {
        try self.value(key).whole(type, at: self.at(key))
    }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 {
        try self.value(key).whole(type, at: self.at(key))
    }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 {
        try self.value(key).whole(type, at: self.at(key))
    }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 {
        try self.value(key).whole(type, at: self.at(key))
    }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 {
        try self.value(key).whole(type, at: self.at(key))
    }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try self.value(key).decoded(type, at: self.at(key))
    }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
        try self.present(key)?.decoded(type, at: self.at(key))
    }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
        try self.present(key)?.whole(type, at: self.at(key))
    }
    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try self.present(key)?.decoded(type, at: self.at(key))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        KeyedDecodingContainer(try JSONMembers<Nested>(self.value(key), at: self.at(key)))
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try JSONElements(self.value(key), at: self.at(key))
    }

    func superDecoder() throws -> any Decoder {
        let key = JSONSuperKey()
        return JSONNodeDecoder(self.members[key.stringValue] ?? .null, at: .member(key, of: self.place))
    }

    func superDecoder(forKey key: Key) throws -> any Decoder {
        JSONNodeDecoder(self.members[key.stringValue] ?? .null, at: self.at(key))
    }
}
