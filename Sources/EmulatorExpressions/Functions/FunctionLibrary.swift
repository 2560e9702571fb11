/// The functions that templates and workflows have in common.
package enum FunctionLibrary {
    /// All of them, by their names in lower case.
    package static let common: [String: ExpressionFunction] = [
        Self.logic, Self.numbers, Self.text, Self.uris, Self.collections, Self.sets, Self.conversions,
    ].reduce(into: [:]) { $0.merge($1) { _, last in last } }
}
