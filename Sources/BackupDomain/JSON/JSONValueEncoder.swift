import FoundationEssentials

/// Takes the values of types that encode themselves, as a document.
final class JSONValueEncoder: Encoder {
    /// What has been encoded so far; at most one of them.
    fileprivate var single: JSONValue?
    fileprivate var members: [String: JSONValue]?
    fileprivate var elements: [JSONValue]?
    /// Parts that are encoded in containers of their own, which may still grow.
    fileprivate var memberParts: [(name: String, encoder: JSONValueEncoder)] = []
    fileprivate var elementParts: [(index: Int, encoder: JSONValueEncoder)] = []
    fileprivate let place: JSONPlace

    var userInfo: [CodingUserInfoKey: Any] { [:] }
    var codingPath: [any CodingKey] { self.place.path }

    /// Creates an encoder of nothing.
    ///
    /// - Parameter place: Where the value will stand.
    init(at place: JSONPlace) { self.place = place }

    /// What has been encoded; nil for nothing.
    var value: JSONValue? {
        if var members = self.members {
            for part in self.memberParts { members[part.name] = part.encoder.value ?? .object([:]) }
            return .object(members)
        }
        if var elements = self.elements {
            for part in self.elementParts { elements[part.index] = part.encoder.value ?? .object([:]) }
            return .array(elements)
        }
        return self.single
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if self.members == nil { self.members = [:] }
        return KeyedEncodingContainer(JSONMemberWriter<Key>(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if self.elements == nil { self.elements = [] }
        return JSONElementWriter(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    fileprivate func set(_ value: JSONValue, for name: String) { self.members?[name] = value }

    fileprivate func append(_ value: JSONValue) { self.elements?.append(value) }
}

extension JSONValueEncoder: SingleValueEncodingContainer {
    func encodeNil() { self.single = .null }
    func encode(_ value: Bool) { self.single = .boolean(value) }
    func encode(_ value: String) { self.single = .string(value) }
    func encode(_ value: Double) throws { self.single = try JSONValue(number: value, at: self.place) }
    func encode(_ value: Float) throws { self.single = try JSONValue(number: value, at: self.place) }
    func encode(_ value: Int) { self.single = .integer(Int64(value)) }
    func encode(_ value: Int8) { self.single = .integer(Int64(value)) }
    func encode(_ value: Int16) { self.single = .integer(Int64(value)) }
    func encode(_ value: Int32) { self.single = .integer(Int64(value)) }
    func encode(_ value: Int64) { self.single = .integer(value) }
    func encode(_ value: UInt) throws { self.single = try JSONValue(number: UInt64(value), at: self.place) }
    func encode(_ value: UInt8) { self.single = .integer(Int64(value)) }
    func encode(_ value: UInt16) { self.single = .integer(Int64(value)) }
    func encode(_ value: UInt32) { self.single = .integer(Int64(value)) }
    func encode(_ value: UInt64) throws { self.single = try JSONValue(number: value, at: self.place) }
    func encode<Value: Encodable>(_ value: Value) throws {
        self.single = try JSONValue(encoding: value, at: self.place)
    }
}

extension JSONValue {
    /// Encodes a value.
    ///
    /// - Parameters:
    ///   - value: The value; one that encodes nothing counts as an empty object.
    ///   - place: Where it will stand.
    /// - Throws: `EncodingError` for a number that JSON cannot hold.
    init(encoding value: some Encodable, at place: @autoclosure () -> JSONPlace = .root) throws {
        if let value = value as? JSONValue {
            self = value
        } else if let date = value as? Date {
            self = .string(date.iso8601)
        } else {
            let encoder = JSONValueEncoder(at: place())
            try value.encode(to: encoder)
            self = encoder.value ?? .object([:])
        }
    }

    /// Takes a number that perhaps has a fraction; one without is written without.
    fileprivate init(number: some BinaryFloatingPoint & LosslessStringConvertible, at place: JSONPlace) throws {
        // The shortest text that means this number, for a narrower one has more digits as a wider one.
        guard number.isFinite, let wide = Double(number.description) else { throw Self.unfit(number, at: place) }
        self = .number(wide)
    }

    fileprivate init(number: UInt64, at place: JSONPlace) throws {
        guard let number = Int64(exactly: number) else { throw Self.unfit(number, at: place) }
        self = .integer(number)
    }

    private static func unfit(_ number: some Any, at place: JSONPlace) -> EncodingError {
        .invalidValue(
            number,
            EncodingError.Context(codingPath: place.path, debugDescription: "\(number) has no place in a document")
        )
    }
}

/// Writes the members of an object.
private struct JSONMemberWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let encoder: JSONValueEncoder

    var codingPath: [any CodingKey] { self.encoder.codingPath }

    private func at(_ key: Key) -> JSONPlace { .member(key, of: self.encoder.place) }

    private func set(_ value: JSONValue, _ key: Key) { self.encoder.set(value, for: key.stringValue) }

    func encodeNil(forKey key: Key) { self.set(.null, key) }
    func encode(_ value: Bool, forKey key: Key) { self.set(.boolean(value), key) }
    func encode(_ value: String, forKey key: Key) { self.set(.string(value), key) }
    func encode(_ value: Double, forKey key: Key) throws {
        self.set(try JSONValue(number: value, at: self.at(key)), key)
    }
    func encode(_ value: Float, forKey key: Key) throws {
        self.set(try JSONValue(number: value, at: self.at(key)), key)
    }
    func encode(_ value: Int, forKey key: Key) { self.set(.integer(Int64(value)), key) }
    func encode(_ value: Int8, forKey key: Key) { self.set(.integer(Int64(value)), key) }
    func encode(_ value: Int16, forKey key: Key) { self.set(.integer(Int64(value)), key) }
    func encode(_ value: Int32, forKey key: Key) { self.set(.integer(Int64(value)), key) }
    func encode(_ value: Int64, forKey key: Key) { self.set(.integer(value), key) }
    func encode(_ value: UInt, forKey key: Key) throws { try self.encode(UInt64(value), forKey: key) }
    func encode(_ value: UInt8, forKey key: Key) { self.set(.integer(Int64(value)), key) }
    func encode(_ value: UInt16, forKey key: Key) { self.set(.integer(Int64(value)), key) }
    func encode(_ value: UInt32, forKey key: Key) { self.set(.integer(Int64(value)), key) }
    func encode(_ value: UInt64, forKey key: Key) throws {
        self.set(try JSONValue(number: value, at: self.at(key)), key)
    }
    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        self.set(try JSONValue(encoding: value, at: self.at(key)), key)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        self.part(key.stringValue, at: self.at(key)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        self.part(key.stringValue, at: self.at(key)).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        let key = JSONSuperKey()
        return self.part(key.stringValue, at: .member(key, of: self.encoder.place))
    }

    func superEncoder(forKey key: Key) -> any Encoder { self.part(key.stringValue, at: self.at(key)) }

    private func part(_ name: String, at place: JSONPlace) -> JSONValueEncoder {
        let part = JSONValueEncoder(at: place)
        self.encoder.memberParts.append((name, part))
        return part
    }
}

/// Writes the elements of an array.
private struct JSONElementWriter: UnkeyedEncodingContainer {
    let encoder: JSONValueEncoder

    var codingPath: [any CodingKey] { self.encoder.codingPath }
    var count: Int { self.encoder.elements?.count ?? 0 }

    private var at: JSONPlace { .element(self.count, of: self.encoder.place) }

    func encodeNil() { self.encoder.append(.null) }
    func encode(_ value: Bool) { self.encoder.append(.boolean(value)) }
    func encode(_ value: String) { self.encoder.append(.string(value)) }
    func encode(_ value: Double) throws { self.encoder.append(try JSONValue(number: value, at: self.at)) }
    func encode(_ value: Float) throws { self.encoder.append(try JSONValue(number: value, at: self.at)) }
    func encode(_ value: Int) { self.encoder.append(.integer(Int64(value))) }
    func encode(_ value: Int8) { self.encoder.append(.integer(Int64(value))) }
    func encode(_ value: Int16) { self.encoder.append(.integer(Int64(value))) }
    func encode(_ value: Int32) { self.encoder.append(.integer(Int64(value))) }
    func encode(_ value: Int64) { self.encoder.append(.integer(value)) }
    func encode(_ value: UInt) throws { try self.encode(UInt64(value)) }
    func encode(_ value: UInt8) { self.encoder.append(.integer(Int64(value))) }
    func encode(_ value: UInt16) { self.encoder.append(.integer(Int64(value))) }
    func encode(_ value: UInt32) { self.encoder.append(.integer(Int64(value))) }
    func encode(_ value: UInt64) throws { self.encoder.append(try JSONValue(number: value, at: self.at)) }
    func encode<Value: Encodable>(_ value: Value) throws {
        self.encoder.append(try JSONValue(encoding: value, at: self.at))
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        self.part().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { self.part().unkeyedContainer() }

    func superEncoder() -> any Encoder { self.part() }

    private func part() -> JSONValueEncoder {
        let part = JSONValueEncoder(at: self.at)
        self.encoder.elementParts.append((self.count, part))
        self.encoder.append(.null)
        return part
    }
}
