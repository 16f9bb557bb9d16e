using System.Collections;

namespace Grpc.Core;

/// <summary>Headers or trailers of a call: an ordered list of entries; a key may occur more than once.</summary>
/// <remarks>Not safe for concurrent changes.</remarks>
public sealed partial class Metadata : IList<Metadata.Entry>
{
    /// <summary>The end of every key whose value is bytes and not text.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>A list without entries that refuses changes.</summary>
    public static readonly Metadata Empty = new() { _frozen = true };

    private readonly List<Entry> _entries = [];
    private bool _frozen;

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => _frozen;

    /// <summary>The entry at a place in the list.</summary>
    /// <param name="index">The place, from 0.</param>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public Entry this[int index]
    {
        get => _entries[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ThrowIfReadOnly();
            _entries[index] = value;
        }
    }

    /// <summary>Finds the last entry of a key; letter case does not matter.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The entry, or null when there is none.</returns>
    public Entry? Get(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        for (var index = _entries.Count - 1; index >= 0; index--)
        {
            if (_entries[index].HasKey(key))
                return _entries[index];
        }

        return null;
    }

    /// <summary>Finds the last text of a key; letter case does not matter.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The text, or null when there is no such entry.</returns>
    /// <exception cref="InvalidOperationException">The entry holds bytes.</exception>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>Finds the last bytes of a key; letter case does not matter.</summary>
    /// <param name="key">The key.</param>
    /// <returns>A copy of the bytes (of text, its ASCII form), or null when there is no such entry.</returns>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>Finds all entries of a key, in order; letter case does not matter.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The entries, read from the list as they are asked for.</returns>
    public IEnumerable<Entry> GetAll(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _entries.Where(entry => entry.HasKey(key));
    }

    /// <summary>Appends a text.</summary>
    /// <param name="key">The key; must not end in <see cref="BinaryHeaderSuffix"/>.</param>
    /// <param name="value">The text.</param>
    /// <exception cref="ArgumentException">The key has a forbidden character, or is one for bytes.</exception>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void Add(string key, string value) => Add(new Entry(key, value));

    /// <summary>Appends bytes.</summary>
    /// <param name="key">The key; must end in <see cref="BinaryHeaderSuffix"/>.</param>
    /// <param name="valueBytes">The bytes, which are copied.</param>
    /// <exception cref="ArgumentException">The key has a forbidden character, or is one for text.</exception>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    /// <summary>Appends an entry.</summary>
    /// <param name="item">The entry.</param>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void Add(Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        ThrowIfReadOnly();
        _entries.Add(item);
    }

    /// <summary>Puts an entry at a place in the list.</summary>
    /// <param name="index">The place, from 0 to <see cref="Count"/>.</param>
    /// <param name="item">The entry.</param>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void Insert(int index, Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        ThrowIfReadOnly();
        _entries.Insert(index, item);
    }

    /// <summary>Removes the first occurrence of an entry (the same object).</summary>
    /// <param name="item">The entry.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public bool Remove(Entry item)
    {
        ThrowIfReadOnly();
        return _entries.Remove(item);
    }

    /// <summary>Removes the entry at a place.</summary>
    /// <param name="index">The place, from 0.</param>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void RemoveAt(int index)
    {
        ThrowIfReadOnly();
        _entries.RemoveAt(index);
    }

    /// <summary>Removes all entries.</summary>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void Clear()
    {
        ThrowIfReadOnly();
        _entries.Clear();
    }

    /// <inheritdoc/>
    public int IndexOf(Entry item) => _entries.IndexOf(item);

    /// <inheritdoc/>
    public bool Contains(Entry item) => _entries.Contains(item);

    /// <inheritdoc/>
    public void CopyTo(Entry[] array, int arrayIndex) => _entries.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public IEnumerator<Entry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void ThrowIfReadOnly()
    {
        if (_frozen)
            throw new InvalidOperationException("Object is read only");
    }
}
