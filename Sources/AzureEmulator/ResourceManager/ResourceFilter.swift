import Foundation

/// A `$filter` over resources: equalities joined by `and`.
///
/// Source: "Resources - List", parameter `$filter`. Other operators are refused as an invalid filter.
struct ResourceFilter: Sendable, Equatable {
    private var wanted: [String: String]

    private static let names = ["resourcetype", "name", "resourcegroup", "location", "tagname", "tagvalue"]

    init(_ text: String?) throws(ManagementError) {
        self.wanted = [:]
        guard let text, !text.allSatisfy(\.isWhitespace) else { return }
        var rest = text[...]
        repeat {
            guard let match = rest.prefixMatch(of: /\s*(\w+)\s+eq\s+'((?:[^']|'')*)'\s*/.ignoresCase()),
                Self.names.contains(match.1.lowercased())
            else { throw .invalidFilter(text) }
            self.wanted[match.1.lowercased()] = String(match.2).replacing("''", with: "'")
            rest = rest[match.range.upperBound...]
            guard !rest.isEmpty else { return }
            guard let and = rest.prefixMatch(of: /and\b/.ignoresCase()) else { throw .invalidFilter(text) }
            rest = rest[and.range.upperBound...]
        } while true
    }

    func matches(_ resource: ListedResource) -> Bool {
        self.wanted.allSatisfy { name, value in
            switch name {
            case "resourcetype": resource.type.caseInsensitiveCompare(value) == .orderedSame
            case "name": resource.name.caseInsensitiveCompare(value) == .orderedSame
            case "resourcegroup": resource.id.groupName?.caseInsensitiveCompare(value) == .orderedSame
            case "location":
                resource.location.lowercased().replacing(" ", with: "") == value.lowercased().replacing(" ", with: "")
            case "tagname": resource.tags[value] != nil
            default: resource.tags.values.contains(value)
            }
        }
    }
}
