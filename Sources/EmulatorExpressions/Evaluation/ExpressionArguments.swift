package import EmulatorRuntime

/// The values with which a function was called; each is read as the type that the function expects there.
package struct ExpressionArguments: Sendable {
    /// The function's name as it was written.
    package let name: String
    /// The values in order.
    package let values: [JSON]
    /// The language in which it was called.
    package let dialect: ExpressionDialect

    /// Creates the arguments of a call.
    package init(name: String, values: [JSON], dialect: ExpressionDialect) {
        self.name = name
        self.values = values
        self.dialect = dialect
    }

    /// How many there are.
    package var count: Int { self.values.count }

    /// The value at a position, of any type; null where there is none.
    package subscript(index: Int) -> JSON { index < self.values.count ? self.values[index] : .null }

    /// Whether there is a value at a position.
    ///
    /// - Parameter index: The position, from 0.
    /// - Returns: Whether there is.
    package func has(_ index: Int) -> Bool { index < self.values.count }

    /// Reads a string.
    ///
    /// - Parameter index: The position, from 0.
    /// - Returns: The string.
    /// - Throws: ``ExpressionFailure`` in Azure's words where the value is of another type.
    package func string(_ index: Int) throws(ExpressionFailure) -> String {
        guard let value = self[index].string else { throw self.unexpected(index, "string") }
        return value
    }

    /// Reads a whole number.
    ///
    /// - Parameter index: The position, from 0.
    /// - Returns: The number.
    /// - Throws: ``ExpressionFailure`` in Azure's words where the value is of another type.
    package func integer(_ index: Int) throws(ExpressionFailure) -> Int {
        guard let value = self[index].integer else { throw self.unexpected(index, "integer") }
        return value
    }

    /// Reads a truth value.
    ///
    /// - Parameter index: The position, from 0.
    /// - Returns: The value.
    /// - Throws: ``ExpressionFailure`` in Azure's words where the value is of another type.
    package func bool(_ index: Int) throws(ExpressionFailure) -> Bool {
        guard let value = self[index].bool else { throw self.unexpected(index, "boolean") }
        return value
    }

    /// Reads an array.
    ///
    /// - Parameter index: The position, from 0.
    /// - Returns: The elements.
    /// - Throws: ``ExpressionFailure`` in Azure's words where the value is of another type.
    package func array(_ index: Int) throws(ExpressionFailure) -> [JSON] {
        guard let value = self[index].array else { throw self.unexpected(index, "array") }
        return value
    }

    /// Reads an object.
    ///
    /// - Parameter index: The position, from 0.
    /// - Returns: The members.
    /// - Throws: ``ExpressionFailure`` in Azure's words where the value is of another type.
    package func object(_ index: Int) throws(ExpressionFailure) -> [JSON.Member] {
        guard let value = self[index].object else { throw self.unexpected(index, "object") }
        return value
    }

    /// The failure of a value that is of another type than expected.
    ///
    /// Source: the words of failed runs in public reports.
    ///
    /// - Parameters:
    ///   - index: The position, from 0.
    ///   - expected: The type, or several.
    /// - Returns: The failure.
    package func unexpected(_ index: Int, _ expected: String) -> ExpressionFailure {
        let ordinals = ["first", "second", "third", "fourth", "fifth"]
        let place = index < ordinals.count ? ordinals[index] : "\(index + 1)th"
        return self.failure(
            "expects its \(place) parameter to be of type \(expected). The provided value is of type '\(self[index].kind)'"
        )
    }

    /// A failure of this function.
    ///
    /// - Parameter problem: What follows the function's name, without a full stop.
    /// - Returns: The failure.
    package func failure(_ problem: String) -> ExpressionFailure {
        ExpressionFailure(
            "The template language function '\(self.name)' \(problem). Please see "
                + "\(self.dialect.helpLink)#\(self.name) for usage details."
        )
    }
}
