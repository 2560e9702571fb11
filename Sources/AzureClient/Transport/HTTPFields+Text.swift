package import HTTPTypes

extension HTTPFields {
    /// The value of the field of that name; a text that cannot name a field has no value and cannot be given one.
    package subscript(text name: String) -> String? {
        get { HTTPField.Name(name).flatMap { self[single: $0] } }
        set { if let name = HTTPField.Name(name) { self[name] = newValue } }
    }

    /// The value of a field; those of one that comes several times joined by commas, as ``HTTPTypes/HTTPFields`` gives them.
    ///
    /// Looks through the few fields that a message has, which costs less than the index that the library makes of each message.
    package subscript(single name: HTTPField.Name) -> String? {
        var value: String?
        for field in self where field.name == name {
            guard value == nil else { return self[name] }
            value = field.value
        }
        return value
    }
}
