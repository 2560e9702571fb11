import EmulatorRuntime
import Foundation

/// The fields of one object of a file.
///
/// Each is read once by name; what is left over is a mistake.
final class FieldReader {
    let path: String
    let reader: FileReader
    private let members: [JSON.Member]
    /// Whether the file has an object here, or what stands for one.
    private let isReadable: Bool
    /// Whether the file has only the name here, as a text.
    private let isOnlyName: Bool
    private var asked: Set<String> = []

    init(_ value: JSON, path: String, reader: FileReader, mayBeName: Bool = false) {
        self.path = path
        self.reader = reader
        let name = mayBeName ? value.string : nil
        self.isOnlyName = name != nil
        self.members = name.map { [JSON.Member("name", .string($0))] } ?? value.object ?? []
        self.isReadable = name != nil || value.object != nil
        if !self.isReadable {
            reader.note(path, mayBeName ? "A name or an object is expected." : "An object is expected.")
        }
        let repeated = Dictionary(grouping: self.members, by: \.name).filter { $1.count > 1 }.keys.sorted()
        for name in repeated { reader.note(self.path(of: name), "The field is there more than once.") }
    }

    func path(of name: String) -> String {
        self.isOnlyName ? self.path : self.path.isEmpty ? name : "\(self.path).\(name)"
    }

    private func value(_ name: String) -> JSON? {
        self.asked.insert(name)
        return self.members.last { $0.name == name }?.value
    }

    private func read<Value>(_ name: String, _ expected: String, _ convert: (JSON) -> Value?) -> Value? {
        guard let value = self.value(name), !value.isNull else { return nil }
        if let converted = convert(value) { return converted }
        self.reader.note(self.path(of: name), "\(expected) is expected.")
        return nil
    }

    func string(_ name: String) -> String? { self.read(name, "A string", \.string) }

    /// The name of a thing, which becomes a segment of its resource id.
    func name(_ name: String = "name") -> String? {
        self.read(name, "A name that is not empty and has no slash") { value in
            value.string.flatMap { $0.isEmpty || $0.contains("/") ? nil : $0 }
        }
    }

    func bool(_ name: String) -> Bool? { self.read(name, "true or false", \.bool) }

    func array(_ name: String) -> JSON? { self.read(name, "A list") { $0.array == nil ? nil : $0 } }

    func json(_ name: String) -> JSON? { self.read(name, "An object") { $0.object == nil ? nil : $0 } }

    /// A whole number in a range.
    func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        self.read(name, "A whole number from \(range.lowerBound) to \(range.upperBound)") { value in
            value.integer.flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// A number, with or without fractions, that is not negative.
    func number(_ name: String) -> Double? {
        self.read(name, "A number that is not negative") { value in
            guard case .number(let text) = value, let number = Double(text), number >= 0 else { return nil }
            return number
        }
    }

    /// A string that is one of several.
    func choice(_ name: String, of choices: [String]) -> String? {
        self.read(name, "One of \(choices.joined(separator: ", "))") { value in
            value.string.flatMap { text in choices.first { $0.caseInsensitiveCompare(text) == .orderedSame } }
        }
    }

    /// A GUID.
    func guid(_ name: String) -> String? {
        self.read(name, "A GUID") { value in
            value.string.flatMap { UUID(uuidString: $0) == nil ? nil : $0.lowercased() }
        }
    }

    /// An instant in RFC 3339.
    func instant(_ name: String) -> Date? {
        self.read(name, "An instant in RFC 3339") { $0.string.flatMap(Instant.date) }
    }

    func strings(_ name: String) -> [String]? {
        self.read(name, "A list of strings") { value in
            value.array.flatMap { elements in
                let strings = elements.compactMap(\.string)
                return strings.count == elements.count ? strings : nil
            }
        }
    }

    func texts(_ name: String) -> [String: String]? {
        self.read(name, "An object of strings") { value in
            value.object.flatMap { members in
                let texts = members.compactMap { member in member.value.string.map { (member.name, $0) } }
                return texts.count == members.count ? Dictionary(texts) { _, last in last } : nil
            }
        }
    }

    func object(_ name: String) -> FieldReader? {
        self.read(name, "An object") { $0.object == nil ? nil : $0 }
            .map { FieldReader($0, path: self.path(of: name), reader: self.reader) }
    }

    /// The objects of a list; each must be read to its end with ``finish()``, which this does after `body`.
    func each<Value>(_ name: String, mayBeNames: Bool = false, _ body: (FieldReader) -> Value?) -> [Value] {
        let elements = self.read(name, "A list", \.array) ?? []
        return elements.enumerated().compactMap { index, element in
            let fields = FieldReader(
                element,
                path: "\(self.path(of: name))[\(index)]",
                reader: self.reader,
                mayBeName: mayBeNames
            )
            defer { fields.finish() }
            return body(fields)
        }
    }

    /// The things of a list, each of which may be there once; `field` is what tells them apart.
    ///
    /// Where `mayBeNames` is set, a text stands for an object that has only this name.
    func eachOnce<Value: WorldElement>(
        _ name: String,
        unique field: String = "name",
        mayBeNames: Bool = false,
        _ body: (FieldReader) -> Value?
    ) -> [Value] {
        var seen: Set<String> = []
        return self.each(name, mayBeNames: mayBeNames) { fields in
            guard let value = body(fields) else { return nil }
            if !seen.insert(value.key).inserted { fields.note(field, "The list has this one already.") }
            return value
        }
    }

    /// A value that must be there; its absence is noted.
    func required<Value>(_ name: String, _ value: Value?) -> Value? {
        if value == nil, self.isReadable, self.members.first(where: { $0.name == name })?.value.isNull ?? true {
            self.reader.note(self.path, "The field '\(name)' is missing.")
        }
        return value
    }

    func note(_ name: String, _ message: String) { self.reader.note(self.path(of: name), message) }

    /// Notes the fields that nobody asked for.
    func finish() {
        for member in self.members where !self.asked.contains(member.name) {
            self.reader.note(self.path(of: member.name), "There is no such field.")
        }
    }
}
