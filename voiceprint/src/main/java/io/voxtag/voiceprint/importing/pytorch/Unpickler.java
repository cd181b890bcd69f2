package io.voxtag.voiceprint.importing.pytorch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The machine that a pickle is a program for, with the part of its language that tensors in plain
 * containers need. Makes texts, {@link Long}s, doubles, booleans, {@link List}s, {@link Map}s,
 * {@link Tuple}s and {@link TensorRef}s and nothing else: a class or function that is not among
 * {@link PickleFunction} and {@link StorageType} is refused by its name, so nothing ever runs. Time
 * and memory are bounded by the length of the pickle, because no operation makes more than one
 * value.
 *
 * <p>Reads one pickle; the format is that of Python's {@code pickletools}.
 */
final class Unpickler {
  private static final int MAX_VALUES = 1_000_000;

  private final PickleInput in;
  private final PickleCalls calls;
  private final String source;
  private final List<Object> stack = new ArrayList<>();
  private final Deque<Integer> marks = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();
  private int values;

  Unpickler(PickleInput in, PickleCalls calls, String source) {
    this.in = in;
    this.calls = calls;
    this.source = source;
  }

  /** Runs to the end of the pickle and gives its value. */
  Object load() throws CheckpointException {
    for (int opcode = in.u1(); opcode != '.'; opcode = in.u1()) {
      step(opcode);
    }
    return pop();
  }

  private void step(int opcode) throws CheckpointException {
    switch (opcode) {
      case 0x80 -> requireProtocol(in.u1());
      case 0x95 -> in.i8(); // The length of a frame helps only those who read from a stream.
      case '(' -> mark();
      case '0' -> pop();
      case '1' -> popMark();
      case 'N' -> push(PickleConstant.NONE);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'K' -> push((long) in.u1());
      case 'M' -> push((long) in.u2());
      case 'J' -> push((long) in.i4());
      case 0x8a -> push(in.integer(in.u1()));
      case 'G' -> push(in.f8());
      case 'X' -> push(in.text(in.i4(), StandardCharsets.UTF_8));
      case 0x8c -> push(in.text(in.u1(), StandardCharsets.UTF_8));
      case 'T' -> push(in.text(in.i4(), StandardCharsets.ISO_8859_1));
      case 'U' -> push(in.text(in.u1(), StandardCharsets.ISO_8859_1));
      case ']' -> push(new ArrayList<>());
      case '}' -> push(new LinkedHashMap<>());
      case ')' -> push(new Tuple(List.of()));
      case 't' -> push(new Tuple(popMark()));
      case 0x85 -> push(tuple(1));
      case 0x86 -> push(tuple(2));
      case 0x87 -> push(tuple(3));
      case 'a' -> append(List.of(pop()));
      case 'e' -> append(popMark());
      case 's' -> put(pair());
      case 'u' -> put(popMark());
      case 'h' -> push(recall(in.u1()));
      case 'j' -> push(recall(in.i4()));
      case 'q' -> keep(in.u1());
      case 'r' -> keep(in.i4());
      case 0x94 -> keep(memo.size());
      case 'c' -> push(global(in.line(), in.line()));
      case 0x93 -> stackGlobal();
      case 'Q' -> push(calls.storage(pop()));
      case 'R' -> reduce();
      case 'b' -> build();
      default ->
          throw refuse(
              "has operation 0x%02x at byte %d, which plain tensors do not need"
                  .formatted(opcode, in.position() - 1));
    }
  }

  private void requireProtocol(int protocol) throws CheckpointException {
    if (protocol < 2 || protocol > 5) {
      throw refuse("is of pickle protocol " + protocol + "; read are 2 to 5");
    }
  }

  private void reduce() throws CheckpointException {
    Object arguments = pop();
    Object function = pop();
    if (!(function instanceof PickleFunction known) || !(arguments instanceof Tuple tuple)) {
      throw refuse("calls something that is not a known function");
    }
    push(calls.call(known, tuple));
  }

  /** The attributes of a dictionary, such as the versions in a state dict, mean nothing here. */
  private void build() throws CheckpointException {
    pop();
    if (!(top() instanceof Map<?, ?>)) {
      throw refuse("sets the state of an object that is not a dictionary");
    }
  }

  private void stackGlobal() throws CheckpointException {
    Object name = pop();
    Object module = pop();
    if (!(name instanceof String nameText) || !(module instanceof String moduleText)) {
      throw refuse("names a class by something that is not a text");
    }
    push(global(moduleText, nameText));
  }

  private Object global(String module, String name) throws CheckpointException {
    String full = module + "." + name;
    Optional<PickleFunction> function = PickleFunction.of(full);
    if (function.isPresent()) {
      return function.get();
    }
    return StorageType.of(full)
        .orElseThrow(
            () ->
                refuse(
                    "asks for '%s', which is not needed for tensors and could run code"
                        .formatted(full)));
  }

  private void append(List<Object> items) throws CheckpointException {
    if (!(top() instanceof ArrayList<?>)) {
      throw refuse("appends to something that is not a list");
    }
    @SuppressWarnings("unchecked")
    List<Object> list = (List<Object>) top();
    list.addAll(items);
  }

  private List<Object> pair() throws CheckpointException {
    Object value = pop();
    return List.of(pop(), value);
  }

  private void put(List<Object> keysAndValues) throws CheckpointException {
    if (!(top() instanceof LinkedHashMap<?, ?>) || keysAndValues.size() % 2 != 0) {
      throw refuse("puts entries into something that is not a dictionary");
    }
    @SuppressWarnings("unchecked")
    Map<Object, Object> map = (Map<Object, Object>) top();
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      Object key = keysAndValues.get(i);
      // A container could contain itself, and then has no hash.
      if (!(key instanceof String || key instanceof Number || key instanceof Boolean)) {
        throw refuse("has a dictionary whose keys are neither texts nor numbers");
      }
      if (map.put(key, keysAndValues.get(i + 1)) != null) {
        throw refuse("has two entries '" + key + "' in a dictionary");
      }
    }
  }

  private Object recall(int index) throws CheckpointException {
    Object value = memo.get(index);
    if (value == null) {
      throw refuse("recalls value " + Integer.toUnsignedLong(index) + ", which it never kept");
    }
    return value;
  }

  private void keep(int index) throws CheckpointException {
    count();
    memo.put(index, top());
  }

  private void mark() throws CheckpointException {
    count();
    marks.push(stack.size());
  }

  private List<Object> popMark() throws CheckpointException {
    if (marks.isEmpty()) {
      throw refuse("ends a group that it never began: it is damaged");
    }
    List<Object> group = stack.subList(marks.pop(), stack.size());
    List<Object> items = new ArrayList<>(group);
    group.clear();
    return items;
  }

  private Tuple tuple(int size) throws CheckpointException {
    Object[] items = new Object[size];
    for (int i = size - 1; i >= 0; i--) {
      items[i] = pop();
    }
    return new Tuple(List.of(items));
  }

  private void push(Object value) throws CheckpointException {
    count();
    stack.add(value);
  }

  private void count() throws CheckpointException {
    values++;
    if (values > MAX_VALUES) {
      throw refuse("has more than " + MAX_VALUES + " values; no speaker model does");
    }
  }

  private Object pop() throws CheckpointException {
    Object value = top();
    stack.remove(stack.size() - 1);
    return value;
  }

  private Object top() throws CheckpointException {
    int floor = marks.isEmpty() ? 0 : marks.peek();
    if (stack.size() <= floor) {
      throw refuse("takes a value where there is none: it is damaged");
    }
    return stack.get(stack.size() - 1);
  }

  private CheckpointException refuse(String detail) {
    return new CheckpointException(source, detail);
  }
}
