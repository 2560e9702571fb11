package import HTTPTypes

extension HTTPFields {
    /// The value of the field of that name; a text that cannot name a field has no value and cannot be given one.
    package subscript(text name: String) -> String? {
        get { HTTPField.Name(name).flatMap { self[$0] } }
        set { if let name = HTTPField.Name(name) { self[name] = newValue } }
    }
}
