/// An action of a role, in which `*` stands for any text.
///
/// Source: <https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions>
package struct ActionPattern: Sendable, Hashable {
    private let parts: [String]

    /// Reads a pattern.
    ///
    /// - Parameter text: Such as `Microsoft.ApiManagement/service/*/read`; case does not count.
    package init(_ text: String) {
        self.parts = text.lowercased().split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    }

    /// Whether an action is one of those that the pattern stands for.
    ///
    /// - Parameter action: The action, in any case.
    /// - Returns: Whether it is.
    package func matches(_ action: String) -> Bool {
        var rest = Substring(action.lowercased())
        guard self.parts.count > 1 else { return rest == self.parts[0] }
        guard rest.hasPrefix(self.parts[0]) else { return false }
        rest = rest.dropFirst(self.parts[0].count)
        for part in self.parts.dropFirst().dropLast() where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.hasSuffix(self.parts[self.parts.count - 1])
    }
}
