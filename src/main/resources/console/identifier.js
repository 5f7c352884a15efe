// Ids of cameras and jobs, as the contract has them. They become parts of request paths.

const ID = /^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/** What an id may be, for messages. */
export const ID_RULE = '1 to 128 letters, digits, full stops, underscores or hyphens, without two full stops in a row';

export const isId = text => typeof text === 'string' && ID.test(text);
