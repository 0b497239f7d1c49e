import mongoose from 'mongoose';

const { ObjectId } = mongoose.mongo;
export type ObjectId = InstanceType<typeof ObjectId>;
export type Binary = mongoose.mongo.Binary;

/** A document's id from its hexadecimal form. */
export const toObjectId = (hex: string): ObjectId => ObjectId.createFromHexString(hex);

/** A new id in hexadecimal form; ids of one process rise with time. */
export const newId = (): string => new ObjectId().toHexString();
